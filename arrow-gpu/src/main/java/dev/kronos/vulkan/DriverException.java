// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

/** Says in one sentence why a driver's library cannot be used without a loader. */
final class DriverException extends Exception {
  private static final long serialVersionUID = 1L;

  DriverException(String reason) {
    super(reason);
  }

  DriverException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
