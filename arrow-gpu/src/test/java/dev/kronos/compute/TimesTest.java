// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads times at which clocks change, and texts that are times or nearly so. */
class TimesTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Long clock(String text) {
    return TimeUnit.SECONDS.toMicros(LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC));
  }

  private static FieldVector vector(DataType type, Object... values) {
    return ArrowVectors.of("v", type, Arrays.asList(values), open.kronos().allocator());
  }

  private static List<Object> texts(Object... values) {
    List<Object> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value == null ? null : Utf8.of((String) value));
    }
    return texts;
  }

  @Test
  void ofTwoInstantsItIsTheEarlierOne() {
    Times times = new Times(open.kronos());
    try (FieldVector clocks =
            vector(
                DataType.TIMESTAMP_NTZ,
                clock("2024-03-31T01:59:59"),
                clock("2024-03-31T03:00:00"),
                clock("2024-10-27T02:30:00"),
                null,
                clock("2424-10-27T02:30:00"));
        FieldVector instants = times.assumeTimezone(clocks, BERLIN)) {
      assertThat(ArrowVectors.read(instants))
          .containsExactly(
              clock("2024-03-31T00:59:59"),
              clock("2024-03-31T01:00:00"),
              clock("2024-10-27T00:30:00"),
              null,
              clock("2424-10-27T00:30:00"));
    }
  }

  @Test
  void clocksPutForwardHaveNoInstant() {
    Times times = new Times(open.kronos());
    try (FieldVector clocks =
        vector(
            DataType.TIMESTAMP_NTZ, clock("2024-03-31T01:00:00"), clock("2024-03-31T02:30:00"))) {
      assertThatThrownBy(() -> times.assumeTimezone(clocks, BERLIN).close())
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("row has no result: function=assume_timezone, row=1, error=");
    }
  }

  @Test
  void localTimestampTakesTheZoneOfTheVector() {
    Times times = new Times(open.kronos());
    try (TimeStampMicroTZVector instants =
            new TimeStampMicroTZVector("t", open.kronos().allocator(), "Europe/Berlin");
        FieldVector none = vector(DataType.TIMESTAMP_NTZ, 0L)) {
      instants.setSafe(0, clock("2024-07-01T12:00:00"));
      instants.setNull(1);
      instants.setValueCount(2);
      try (FieldVector clocks = times.localTimestamp(instants)) {
        assertThat(ArrowVectors.read(clocks)).containsExactly(clock("2024-07-01T14:00:00"), null);
      }
      assertThatThrownBy(() -> times.localTimestamp(none).close())
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("vector has no time zone: vector=v");
    }
  }

  @Test
  void textsAreTimesOrNot() {
    Times times = new Times(open.kronos());
    Object[] texts =
        texts("2024-02-29 23:59:58", "2023-02-29 00:00:00", null, "2024-01-01", "é", "").toArray();
    try (FieldVector values = vector(DataType.STRING, texts);
        FieldVector read = times.parseTimeOrNull(values, "yyyy-MM-dd HH:mm:ss")) {
      assertThat(ArrowVectors.read(read))
          .containsExactly(clock("2024-02-29T23:59:58"), null, null, null, null, null);
      assertThatThrownBy(() -> times.parseTime(values, "yyyy-MM-dd HH:mm:ss").close())
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("row has no result: function=parse_time, row=1, error=");
    }
    assertThatThrownBy(() -> TimeFunctions.parseTime("ww"))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("pattern is not known: pattern=ww");
  }
}
