// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.lwjgl.vulkan.VK10;

/** Tests the parts of the package that need no device. */
class VulkanPlainDataTest {

  @Test
  void powersOfTenAreExact() {
    long[] words = ConstantTables.powersOfTen();
    assertThat(words).hasSize(78);
    for (int i = 0; i <= ConstantTables.HIGHEST_POWER; i++) {
      BigInteger low = new BigInteger(Long.toUnsignedString(words[2 * i]));
      BigInteger high = new BigInteger(Long.toUnsignedString(words[2 * i + 1]));
      assertThat(high.shiftLeft(64).add(low)).isEqualTo(BigInteger.TEN.pow(i));
    }
  }

  @Test
  void timestampsCountAcrossOneWrap() {
    DeviceLimits limits = new DeviceLimits(1, 2f, 8);
    assertThat(limits.nanosBetween(10, 20)).isEqualTo(20);
    assertThat(limits.nanosBetween(250, 4)).isEqualTo(20);
    assertThat(new DeviceLimits(1, 1f, 64).nanosBetween(5, 9)).isEqualTo(4);
    assertThat(new DeviceLimits(1, 1f, 0).nanosBetween(5, 9)).isZero();
  }

  @Test
  void failuresNameTheResultAndTheCall() {
    assertThat(VkResults.failure(VK10.VK_ERROR_DEVICE_LOST, "vkQueueSubmit2"))
        .isInstanceOf(KronosException.DeviceFailure.class)
        .hasMessage("Vulkan call failed: call=vkQueueSubmit2, result=VK_ERROR_DEVICE_LOST");
    assertThat(VkResults.failure(VK10.VK_ERROR_OUT_OF_DEVICE_MEMORY, "vkAllocateMemory"))
        .isInstanceOf(KronosException.Exhausted.class);
    assertThat(VkResults.name(-12345)).isEqualTo("VkResult(-12345)");
  }

  @Test
  void pipelineCacheOfAnotherDeviceDoesNotMatch() {
    String uuid = "000102030405060708090a0b0c0d0e0f";
    PipelineCacheHeader header = new PipelineCacheHeader(0x10de, 0x2335, 7, uuid);
    byte[] data = cache(0x10de, 0x2335);
    assertThat(header.matches(data)).isTrue();
    assertThat(header.matches(cache(0x1002, 0x2335))).isFalse();
    assertThat(header.matches(cache(0x10de, 0x2336))).isFalse();
    assertThat(header.matches(new byte[31])).isFalse();
    assertThat(header.matches(new byte[0])).isFalse();
    data[20]++;
    assertThat(header.matches(data)).isFalse();
    assertThat(header.key()).isEqualTo("000010de-00002335-00000007-" + uuid);
  }

  private static byte[] cache(int vendor, int device) {
    ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
    data.putInt(32).putInt(1).putInt(vendor).putInt(device);
    for (byte i = 0; i < 16; i++) {
      data.put(i);
    }
    return data.array();
  }
}
