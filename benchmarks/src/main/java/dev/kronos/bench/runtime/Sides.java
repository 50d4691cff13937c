// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.bench.kronos.KronosSide;
import dev.kronos.bench.program.Side;
import dev.kronos.device.DeviceInfo;
import dev.kronos.device.DeviceSelection;
import dev.kronos.device.HostPlatform;
import dev.kronos.vulkan.baseline.PlainSide;
import java.util.List;

/**
 * Holds the same device opened in both styles.
 *
 * @param plain by the baseline
 * @param kronos by Kronos
 */
record Sides(PlainSide plain, KronosSide kronos) implements AutoCloseable {

  static Sides open(KronosOptions options, BoundKernels kernels) {
    PlainSide plain = plain(options, kernels);
    try {
      return new Sides(plain, KronosSide.open(options));
    } catch (RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /** Opens the baseline on the device that Kronos would choose. */
  static PlainSide plain(KronosOptions options, BoundKernels kernels) {
    return PlainSide.open(device(options).index(), options.validation(), kernels);
  }

  /** Returns the device that Kronos would choose. */
  static DeviceInfo device(KronosOptions options) {
    return DeviceSelection.choose(Kronos.devices(options), options)
        .orElseThrow(HostPlatform.current().remedy());
  }

  List<Side> all() {
    return List.of(plain, kronos);
  }

  void trim() {
    all().forEach(Side::trim);
  }

  long validationMessages() {
    return all().stream().mapToLong(Side::validationMessages).sum();
  }

  @Override
  public void close() {
    kronos.close();
    plain.close();
  }
}
