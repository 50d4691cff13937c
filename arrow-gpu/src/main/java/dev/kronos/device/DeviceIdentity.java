// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/**
 * Says which device is meant.
 *
 * @param index its place in the driver's enumeration, 0 or more
 * @param name its name as the driver tells it
 * @param vendorId PCI vendor number, or a Khronos vendor number above 0xFFFF
 * @param deviceId the vendor's number of the model
 * @param type its kind
 */
public record DeviceIdentity(int index, String name, int vendorId, int deviceId, DeviceType type) {}
