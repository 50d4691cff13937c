// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/** Names what Kronos asks of a device, whether it can do without, and what for. */
public enum Capability {
  /** Vulkan 1.3. */
  VULKAN_1_3(Need.REQUIRED, "the version that kernels and the runtime are written against"),
  /** A queue family with compute. */
  COMPUTE_QUEUE(Need.REQUIRED, "running kernels"),
  /** Feature bufferDeviceAddress. */
  BUFFER_DEVICE_ADDRESS(Need.REQUIRED, "reaching all data of kernels by address"),
  /** Feature timelineSemaphore. */
  TIMELINE_SEMAPHORE(Need.REQUIRED, "knowing when submitted work is done"),
  /** Feature synchronization2. */
  SYNCHRONIZATION2(Need.REQUIRED, "one memory barrier between dependent kernels"),
  /** Feature scalarBlockLayout. */
  SCALAR_BLOCK_LAYOUT(Need.OPTIONAL, "densely packed structures in argument tables"),
  /** Feature shaderInt64. */
  SHADER_INT64(Need.REQUIRED, "addresses, BIGINT, TIMESTAMP and DECIMAL arithmetic"),
  /** Feature shaderInt16. */
  SHADER_INT16(Need.REQUIRED, "SMALLINT columns"),
  /** Feature shaderInt8. */
  SHADER_INT8(Need.REQUIRED, "TINYINT columns, bytes of strings and null flags"),
  /** Feature storageBuffer16BitAccess. */
  STORAGE_16BIT(Need.REQUIRED, "reading and writing SMALLINT columns in memory"),
  /** Feature storageBuffer8BitAccess. */
  STORAGE_8BIT(Need.REQUIRED, "reading and writing bytes in memory"),
  /** Feature shaderBufferInt64Atomics. */
  BUFFER_INT64_ATOMICS(Need.REQUIRED, "hash tables and aggregation of 64-bit values"),
  /** Feature shaderFloat64. */
  SHADER_FLOAT64(Need.REQUIRED, "DOUBLE columns"),
  /** Feature vulkanMemoryModel. */
  MEMORY_MODEL(Need.OPTIONAL, "matrix products on tensor units"),
  /** Ballots, shuffles and relative shuffles of subgroups in compute shaders. */
  SUBGROUP_SHUFFLES(
      Need.OPTIONAL, "the single-pass scan (look-back), numbers of new groups once a subgroup"),
  /** Feature subgroupSizeControl. */
  SUBGROUP_SIZE_CONTROL(Need.OPTIONAL, "choosing the subgroup size of a kernel"),
  /** Feature shaderFloat16. */
  SHADER_FLOAT16(Need.OPTIONAL, "half-precision matrix products"),
  /** Valid timestamps on the compute queue. */
  TIMESTAMPS(Need.OPTIONAL, "measuring device time of kernels"),
  /** Extension VK_EXT_memory_budget. */
  MEMORY_BUDGET(Need.OPTIONAL, "knowing how much memory other programs leave"),
  /** Extension VK_EXT_external_memory_host. */
  EXTERNAL_MEMORY_HOST(Need.OPTIONAL, "reading foreign Arrow memory without a copy"),
  /** Extension VK_KHR_cooperative_matrix. */
  COOPERATIVE_MATRIX(Need.OPTIONAL, "matrix products on tensor units"),
  /** Feature shaderBFloat16CooperativeMatrix of VK_KHR_shader_bfloat16. */
  BFLOAT16_MATRIX(Need.OPTIONAL, "matrix products of bfloat16 on tensor units");

  /** Says whether Kronos can do without a capability. */
  public enum Need {
    /** A device without it is not used. */
    REQUIRED,
    /** What it serves is slower or missing without it. */
    OPTIONAL
  }

  private final Need need;
  private final String purpose;

  Capability(Need need, String purpose) {
    this.need = need;
    this.purpose = purpose;
  }

  /** Returns whether a device without it cannot be used. */
  public boolean required() {
    return need == Need.REQUIRED;
  }

  /** Returns what Kronos needs it for, in words that complete "needed for ". */
  public String purpose() {
    return purpose;
  }
}
