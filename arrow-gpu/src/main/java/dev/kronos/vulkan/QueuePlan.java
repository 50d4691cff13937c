// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says which queues of a device to use: those to compute on and one for transfers beside them.
 *
 * @param compute the queues for kernels, and for copies that belong to them; one or more of a
 *     family
 * @param transfer the queue for transfers that overlap kernels; the first of {@code compute} on a
 *     device without another
 */
record QueuePlan(List<Place> compute, Place transfer) {

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
   * (video queues also copy). Without such a family a further compute queue serves, and on a device
   * without a further one the first serves both.
   *
   * @param families the families of a device
   * @param most how many queues kernels may have, 1 or more
   * @return the queues, or empty when the device cannot compute
   */
  static Optional<QueuePlan> of(List<QueueFamily> families, int most) {
    return families.stream()
        .filter(QueueFamily::computes)
        .min(Comparator.comparing(QueueFamily::draws))
        .map(family -> of(families, family, Math.min(most, family.queues())));
  }

  private static QueuePlan of(List<QueueFamily> families, QueueFamily family, int queues) {
    List<Place> compute =
        IntStream.range(0, queues).mapToObj(index -> new Place(family, index)).toList();
    Place further = new Place(family, queues < family.queues() ? queues : 0);
    return new QueuePlan(compute, copyEngine(families).orElse(further));
  }

  private static Optional<Place> copyEngine(List<QueueFamily> families) {
    return families.stream()
        .filter(QueueFamily::onlyTransfers)
        .min(Comparator.comparing(family -> Integer.bitCount(family.flags())))
        .map(family -> new Place(family, 0));
  }

  /** Returns the family that kernels run on. */
  QueueFamily computeFamily() {
    return compute.get(0).family();
  }

  /** Returns the families in use, each once. */
  List<QueueFamily> families() {
    return places().map(Place::family).distinct().toList();
  }

  /** Returns how many queues of a family are in use. */
  int queuesOf(QueueFamily family) {
    return (int) places().filter(place -> place.family().equals(family)).count();
  }

  private Stream<Place> places() {
    return Stream.concat(compute.stream(), Stream.of(transfer)).distinct();
  }
}
