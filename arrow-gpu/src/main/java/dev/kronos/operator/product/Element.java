// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

/** Names the types of elements of matrices, and how they are multiplied. */
public enum Element {
  /** IEEE 754 binary32; products are accumulated in the same. */
  FLOAT32(Float.BYTES, "32", "float32"),
  /** IEEE 754 binary64; products are accumulated in the same. */
  FLOAT64(Double.BYTES, "64", "float64"),
  /** IEEE 754 binary16; products are accumulated in FLOAT32. */
  FLOAT16(Short.BYTES, "float16", "float32"),
  /** The upper half of a binary32; products are accumulated in FLOAT32. */
  BFLOAT16(Short.BYTES, "bfloat16", "float32");

  private final int sizeBytes;
  private final String pack;
  private final String product;

  Element(int sizeBytes, String pack, String product) {
    this.sizeBytes = sizeBytes;
    this.pack = pack;
    this.product = product;
  }

  /** Returns the bytes of one element. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Returns the type of products. */
  public Element result() {
    return this == FLOAT64 ? FLOAT64 : FLOAT32;
  }

  /** Returns the kernel that makes dense matrices of {@link #result} elements. */
  String packKernel() {
    return "blas/pack_" + pack;
  }

  /** Returns the kernel that multiplies them as they are, padded, on matrix units. */
  String unitsKernel() {
    return "blas/gemm_matrix_" + pack;
  }

  /** Returns the kernel that multiplies dense matrices of {@link #result} elements. */
  String productKernel() {
    return "blas/gemm_" + product;
  }
}
