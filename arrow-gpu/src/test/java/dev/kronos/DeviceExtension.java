// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens a device before the tests of a class and closes it after them, with the closing checks of
 * {@link OpenKronos}. For a static field with {@code @RegisterExtension}.
 */
public final class DeviceExtension implements BeforeAllCallback, AfterAllCallback {
  private OpenKronos open;

  @Override
  public void beforeAll(ExtensionContext context) {
    open = new OpenKronos();
  }

  /** Returns the device of the class. */
  public Kronos kronos() {
    return open.kronos();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    open.close();
  }
}
