// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which queues of a device to use: one to compute on and one for transfers beside it.
 *
 * @param compute the queue for kernels, and for copies that belong to them
 * @param transfer the queue for transfers that overlap kernels; the same as {@code compute} on a
 *     device with a single queue
 */
record QueuePlan(Place compute, Place transfer) {

  /**
   * Names a queue.
   *
   * @param family its family
   * @param index its number within the family
   */
  record Place(QueueFamily family, int index) {}

  /**
   * Chooses the queues. Kernels go to a family without graphics where there is one, because on
   * discrete cards the desktop does not use it. Transfers go to a family that can do nothing else,
   * where a copy engine works on its own; of several, to the one with the fewest further abilities
   * (video queues also copy). Without such a family a second compute queue serves, and on a device
   * with one queue that one serves both.
   *
   * @param families the families of a device
   * @return the queues, or empty when the device cannot compute
   */
  static Optional<QueuePlan> of(List<QueueFamily> families) {
    return families.stream()
        .filter(QueueFamily::computes)
        .min(Comparator.comparing(QueueFamily::draws))
        .map(family -> new QueuePlan(new Place(family, 0), transfer(families, family)));
  }

  /** Returns whether both kinds of work share one queue. */
  boolean shared() {
    return compute.equals(transfer);
  }

  /** Returns the families in use, each once. */
  List<QueueFamily> families() {
    return Stream.of(compute, transfer).map(Place::family).distinct().toList();
  }

  /** Returns how many queues of a family are in use. */
  int queuesOf(QueueFamily family) {
    return (int)
        Stream.of(compute, transfer)
            .distinct()
            .filter(place -> place.family().equals(family))
            .count();
  }

  private static Place transfer(List<QueueFamily> families, QueueFamily compute) {
    return families.stream()
        .filter(QueueFamily::onlyTransfers)
        .min(Comparator.comparing(family -> Integer.bitCount(family.flags())))
        .map(family -> new Place(family, 0))
        .orElse(new Place(compute, compute.queues() > 1 ? 1 : 0));
  }
}
