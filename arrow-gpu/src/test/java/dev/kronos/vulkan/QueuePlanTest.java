// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lwjgl.vulkan.KHRVideoDecodeQueue;
import org.lwjgl.vulkan.VK10;

class QueuePlanTest {

  private static final int GRAPHICS = VK10.VK_QUEUE_GRAPHICS_BIT;
  private static final int COMPUTE = VK10.VK_QUEUE_COMPUTE_BIT;
  private static final int TRANSFER = VK10.VK_QUEUE_TRANSFER_BIT;
  private static final int VIDEO = KHRVideoDecodeQueue.VK_QUEUE_VIDEO_DECODE_BIT_KHR;

  private static final QueueFamily ALL = new QueueFamily(0, GRAPHICS | COMPUTE | TRANSFER, 16, 64);
  private static final QueueFamily COPIES = new QueueFamily(1, TRANSFER, 2, 64);
  private static final QueueFamily KERNELS = new QueueFamily(2, COMPUTE | TRANSFER, 8, 64);
  private static final QueueFamily FILMS = new QueueFamily(3, TRANSFER | VIDEO, 1, 64);

  @Test
  void discreteCardComputesApartFromGraphicsAndCopiesWithItsCopyEngine() {
    QueuePlan plan = QueuePlan.of(List.of(ALL, FILMS, COPIES, KERNELS), 1).orElseThrow();
    assertThat(plan.compute()).containsExactly(new QueuePlan.Place(KERNELS, 0));
    assertThat(plan.transfer()).isEqualTo(new QueuePlan.Place(COPIES, 0));
    assertThat(plan.families()).containsExactly(KERNELS, COPIES);
    assertThat(plan.queuesOf(KERNELS)).isEqualTo(1);
  }

  @Test
  void secondQueueOfAFamilyServesWithoutCopyEngine() {
    QueuePlan plan = QueuePlan.of(List.of(ALL), 1).orElseThrow();
    assertThat(plan.transfer()).isEqualTo(new QueuePlan.Place(ALL, 1));
    assertThat(plan.families()).containsExactly(ALL);
    assertThat(plan.queuesOf(ALL)).isEqualTo(2);
  }

  @Test
  void singleQueueServesBoth() {
    QueueFamily only = new QueueFamily(0, GRAPHICS | COMPUTE | TRANSFER, 1, 64);
    QueuePlan plan = QueuePlan.of(List.of(only), 4).orElseThrow();
    assertThat(plan.compute()).containsExactly(plan.transfer());
    assertThat(plan.queuesOf(only)).isEqualTo(1);
  }

  @Test
  void kernelsGetAsManyQueuesAsTheFamilyHas() {
    QueuePlan some = QueuePlan.of(List.of(ALL, KERNELS), 3).orElseThrow();
    assertThat(some.compute()).extracting(QueuePlan.Place::index).containsExactly(0, 1, 2);
    assertThat(some.transfer()).isEqualTo(new QueuePlan.Place(KERNELS, 3));
    assertThat(some.queuesOf(KERNELS)).isEqualTo(4);
    QueuePlan all = QueuePlan.of(List.of(ALL, KERNELS), 16).orElseThrow();
    assertThat(all.compute()).hasSize(8);
    assertThat(all.transfer()).isEqualTo(new QueuePlan.Place(KERNELS, 0));
    assertThat(all.queuesOf(KERNELS)).isEqualTo(8);
  }

  @Test
  void deviceThatCannotComputeHasNoPlan() {
    assertThat(QueuePlan.of(List.of(COPIES, FILMS), 1)).isEmpty();
  }
}
