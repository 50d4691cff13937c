// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.device.Capability;
import dev.kronos.device.DeviceInfo;
import dev.kronos.expression.Expression;
import dev.kronos.operator.Layouts;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that groupings ask for subgroups only where a device has them. */
class BallotsTest {
  private static final List<DataType> TYPES = List.of(DataType.INT64, DataType.STRING);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<ShaderSource> kernels(Set<Capability> capabilities) {
    DeviceInfo device = open.kronos().device();
    List<Expression> keys = AggregateRun.columns(TYPES);
    return AggregateKernels.of(
        new DeviceInfo(
            device.identity(), device.driver(), device.heaps(), device.limits(), capabilities),
        new AggregateSpec(AggregateRun.source(Layouts.ARROW, TYPES), keys, List.of()));
  }

  @Test
  void devicesWithoutBallotsGetNone() {
    EnumSet<Capability> few = EnumSet.copyOf(open.kronos().device().capabilities());
    few.remove(Capability.SUBGROUP_SHUFFLES);
    for (ShaderSource source : kernels(few)) {
      assertThat(source.glsl()).as(source.name()).doesNotContain("GL_KHR_shader_subgroup");
      assertThat(open.kronos().kernels().compile(source)).isNotNull();
    }
  }

  @Test
  void devicesWithBallotsUseThem() {
    for (ShaderSource source : kernels(EnumSet.allOf(Capability.class))) {
      assertThat(source.glsl()).as(source.name()).contains("GL_KHR_shader_subgroup_ballot");
    }
  }
}
