// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.nio.file.Path;

/**
 * Holds what a Vulkan driver's manifest says.
 *
 * @param file the manifest
 * @param library the driver's library: an absolute path, or a bare name that the system's linker
 *     resolves
 * @param apiVersion the Vulkan version that the manifest claims, as text; empty when it claims none
 */
public record IcdManifest(Path file, String library, String apiVersion) {}
