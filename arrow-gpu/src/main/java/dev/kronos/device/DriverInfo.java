// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/**
 * Says which driver a device has.
 *
 * @param name the driver's name, such as "NVIDIA" or "llvmpipe"
 * @param version the driver's version in its own notation
 * @param apiVersion the Vulkan version that it supports for the device
 */
public record DriverInfo(String name, String version, ApiVersion apiVersion) {}
