// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/** Says in one sentence why a manifest cannot be used. */
final class ManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  ManifestException(String reason) {
    super(reason);
  }

  ManifestException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
