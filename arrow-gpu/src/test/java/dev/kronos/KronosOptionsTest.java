// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KronosOptionsTest {
  @Test
  void defaultsAreValidAndKeysUnique() {
    assertThat(KronosOption.ALL).extracting(KronosOption::key).doesNotHaveDuplicates();
    KronosOption.ALL.forEach(option -> assertThat(option.defaultValue()).isNotNull());
    KronosOptions options = KronosOptions.defaults();
    assertThat(options.slabBytes()).isEqualTo(256L << 20);
    assertThat(options.memoryLimitBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(options.device()).isEqualTo("auto");
    assertThat(options.log()).isEqualTo(LogLevel.INHERIT);
    assertThat(options.softwareDevices()).isTrue();
    assertThat(options.icdSearchPaths()).isEmpty();
  }

  @Test
  void oneKeyHasThreeNames() {
    assertThat(KronosOption.MEMORY_SLAB_BYTES.environmentVariable())
        .isEqualTo("KRONOS_MEMORY_SLAB_BYTES");
    assertThat(KronosOption.MEMORY_SLAB_BYTES.systemProperty())
        .isEqualTo("kronos.memory.slabBytes");
    assertThat(KronosOption.MEMORY_SLAB_BYTES.sparkKey())
        .isEqualTo("spark.kronos.memory.slabBytes");
    assertThat(KronosOption.ICD_SEARCH_PATHS.environmentVariable())
        .isEqualTo("KRONOS_ICD_SEARCH_PATHS");
    assertThat(KronosOption.LOG.environmentVariable()).isEqualTo("KRONOS_LOG");
  }

  @Test
  void laterSourcesOverrideEarlierOnes() {
    Map<String, String> environment =
        Map.of("KRONOS_DEVICE", "env", "KRONOS_LOG", "warn", "KRONOS_VALIDATION", " ");
    Map<String, String> properties = Map.of("kronos.device", "property");
    Map<String, String> spark = Map.of("spark.kronos.device", "spark");
    KronosOptions.Builder builder =
        KronosOptions.builder().readEnvironment(environment::get).readProperties(properties::get);
    assertThat(builder.build().device()).isEqualTo("property");
    assertThat(builder.build().log()).isEqualTo(LogLevel.WARN);
    assertThat(builder.build().validation()).isFalse();
    assertThat(builder.readSpark(spark::get).build().device()).isEqualTo("spark");
    assertThat(builder.set("device", "1").build().device()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "65536,65536",
    "64k,65536",
    "64K,65536",
    "1m,1048576",
    "2MiB,2097152",
    "1 gb,1073741824"
  })
  void sizesHaveUnits(String text, long expectedBytes) {
    assertThat(KronosOptions.builder().set("memory.slabBytes", text).build().slabBytes())
        .isEqualTo(expectedBytes);
  }

  @Test
  void countsAreNumbers() {
    assertThat(KronosOptions.defaults().queues()).isZero();
    assertThat(KronosOptions.builder().set("device.queues", " 4").build().queues()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "memory.slabBytes,12q",
    "memory.slabBytes,1k",
    "memory.slabBytes,-1",
    "memory.slabBytes,999999999999999999t",
    "memory.slabBytes,99999999999999999999",
    "device.queues,17",
    "device.queues,-1",
    "device.queues,two",
    "validation,yes",
    "log,loud"
  })
  void wrongValuesNameKeyValueAndWhatIsAllowed(String key, String value) {
    assertThatThrownBy(() -> KronosOptions.builder().set(key, value))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("wrong setting: key=" + key + ", value=" + value + ", allowed=");
  }

  @Test
  void messageNamesTheKeyAsTheUserWroteIt() {
    assertThatThrownBy(
            () -> KronosOptions.builder().readSpark(Map.of("spark.kronos.required", "1")::get))
        .hasMessage("wrong setting: key=spark.kronos.required, value=1, allowed=true or false");
    assertThatThrownBy(
            () ->
                KronosOptions.builder()
                    .readEnvironment(Map.of("KRONOS_MEMORY_LIMIT_BYTES", "all")::get))
        .hasMessageStartingWith("wrong setting: key=KRONOS_MEMORY_LIMIT_BYTES, value=all");
  }

  @Test
  void typedValuesAreCheckedToo() {
    assertThatThrownBy(() -> KronosOptions.builder().set(KronosOption.MEMORY_SLAB_BYTES, 5L))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> KronosOptions.builder().set(KronosOption.DEVICE, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void unknownKeyIsRefused() {
    assertThatThrownBy(() -> KronosOptions.builder().set("memory.slabbytes", "1m"))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("unknown setting: key=memory.slabbytes, allowed=device, ");
  }

  @Test
  void pathsAreSplitLikeAClassPath() {
    String text = "/a" + File.pathSeparator + " " + File.pathSeparator + "/b c";
    assertThat(KronosOptions.builder().set("icd.searchPaths", text).build().icdSearchPaths())
        .containsExactly("/a", "/b c");
  }

  @Test
  void optionsAreValues() {
    KronosOptions options = KronosOptions.builder().set(KronosOption.DEBUG_POISON, true).build();
    assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
    assertThat(options).isNotEqualTo(KronosOptions.defaults());
    assertThat(options.toString()).contains("debug.poison=true").contains("device=auto");
  }
}
