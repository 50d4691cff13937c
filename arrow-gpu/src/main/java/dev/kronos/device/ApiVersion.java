// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.util.Comparator;

/**
 * Holds a Vulkan version.
 *
 * @param major major number, 0 to 127
 * @param minor minor number, 0 to 1023
 * @param patch patch number, 0 to 4095
 */
public record ApiVersion(int major, int minor, int patch) implements Comparable<ApiVersion> {
  /** The version that Kronos is written against. */
  public static final ApiVersion VULKAN_1_3 = new ApiVersion(1, 3, 0);

  private static final Comparator<ApiVersion> ORDER =
      Comparator.comparingInt(ApiVersion::major)
          .thenComparingInt(ApiVersion::minor)
          .thenComparingInt(ApiVersion::patch);

  /** Unpacks a version as Vulkan encodes it: 3 bits variant, 7 major, 10 minor, 12 patch. */
  public static ApiVersion unpack(int packed) {
    return new ApiVersion((packed >>> 22) & 0x7F, (packed >>> 12) & 0x3FF, packed & 0xFFF);
  }

  /** Returns whether this version is another or a later one; the patch number does not count. */
  public boolean isAtLeast(ApiVersion other) {
    return major != other.major ? major > other.major : minor >= other.minor;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
