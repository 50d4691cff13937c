// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.device.Capability;
import dev.kronos.device.VendorProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds what is said of a device's matrix units against what it offers. */
class MatrixUnitsTest {

  @ParameterizedTest
  @EnumSource
  void unitsServeHalvesWhereTheDeviceHasThem(Element element) {
    try (OpenKronos open = new OpenKronos()) {
      boolean suits = MatrixUnits.suit(open.kronos(), element);
      boolean halves = element == Element.FLOAT16 || element == Element.BFLOAT16;
      boolean tried =
          open.kronos().device().profile().matrixUnits().value() != VendorProfile.MatrixUnits.NEVER;
      if (suits) {
        assertThat(halves && tried).isTrue();
        assertThat(open.kronos().device().supports(Capability.COOPERATIVE_MATRIX)).isTrue();
      }
      if (halves && tried && open.kronos().device().supports(Capability.COOPERATIVE_MATRIX)) {
        boolean typed =
            element == Element.FLOAT16
                || open.kronos().device().supports(Capability.BFLOAT16_MATRIX);
        assertThat(suits).as("the self-test passes where there are units").isEqualTo(typed);
      }
    }
  }
}
