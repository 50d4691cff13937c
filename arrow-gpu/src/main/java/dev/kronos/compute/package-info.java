// SPDX-License-Identifier: Apache-2.0
/**
 * Computes over Arrow vectors on the device, with the names and null semantics of Arrow's compute
 * functions. Each family is a class over an open {@link dev.kronos.Kronos}:
 *
 * <pre>{@code
 * try (Kronos kronos = Kronos.open(KronosOptions.fromEnvironment());
 *     BigIntVector prices = new BigIntVector("prices", kronos.allocator())) {
 *   ...
 *   long total = new Aggregates(kronos).sum(prices).asLong();
 * }
 * }</pre>
 *
 * <p>Vectors whose memory comes from {@code kronos.allocator()} are read in place or by one DMA;
 * those of other allocators are copied by the host first. Vectors given stay the caller's; vectors
 * returned lie in memory of {@code kronos.allocator()} and the caller closes them. {@link
 * dev.kronos.compute.DeviceTable} leaves results on the device until they are read.
 *
 * <p>Each class has a second constructor for dictionary-encoded vectors, with an Arrow {@code
 * DictionaryProvider} that knows what their indices stand for; see {@link
 * dev.kronos.compute.Elementwise}.
 */
package dev.kronos.compute;
