// SPDX-License-Identifier: Apache-2.0
//
// The calling convention of every Kronos kernel. Include this file first, right after `#version 460`.
//
//   root.args    device address of this dispatch's argument table (0 when the kernel takes none)
//   root.status  device address of this dispatch's StatusBlock (status.glsl), 0 when it cannot fail
//   root.count   rows or elements to process
//   root.flags   meaning is the kernel's own; 0 unless its argument table says otherwise
//
// Macros a kernel (or the run-time compiler) may define before the include:
//   WORKGROUP_SIZE   invocations of a workgroup, a power of two from 32 to 1024; 256 by default
//   KRONOS_WITHOUT_SET   no declaration of set 0, for kernels that the optimiser cannot clean
//   KRONOS_BOUND     storage buffers and push constants instead of this convention; arguments.glsl says how
//
// Functions
//   uint kronos_thread()        global invocation index
//   uint kronos_threads()       invocations of the whole dispatch (stride of a grid-stride loop)
#ifndef KRONOS_ABI_GLSL
#define KRONOS_ABI_GLSL

#extension GL_EXT_buffer_reference : require
#extension GL_EXT_buffer_reference2 : require
#extension GL_EXT_shader_explicit_arithmetic_types_int8 : require
#extension GL_EXT_shader_explicit_arithmetic_types_int16 : require
#extension GL_EXT_shader_explicit_arithmetic_types_int32 : require
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#extension GL_EXT_shader_explicit_arithmetic_types_float64 : require
#extension GL_EXT_shader_8bit_storage : require
#extension GL_EXT_shader_16bit_storage : require
#extension GL_EXT_shader_atomic_int64 : require
#extension GL_EXT_control_flow_attributes : require

#ifndef WORKGROUP_SIZE
#define WORKGROUP_SIZE 256
#endif

layout(local_size_x = WORKGROUP_SIZE, local_size_y = 1, local_size_z = 1) in;

#ifndef KRONOS_BOUND
// 24 bytes: within the 13 dwords that some hardware keeps in registers.
layout(push_constant, std430) uniform Root {
  uint64_t args;
  uint64_t status;
  uint count;
  uint flags;
} root;

// Set 0 is written once, when the device is opened. A kernel that names none of the three bindings
// does not declare them in its SPIR-V: the optimiser removes what is not used.
// It leaves modules with types that it does not know as they are; KRONOS_WITHOUT_SET serves those.
#ifndef KRONOS_WITHOUT_SET
layout(set = 0, binding = 0, std430) readonly buffer KronosArgumentRing { uint64_t words[]; } kronos_ring;
layout(set = 0, binding = 1, std430) readonly buffer KronosConstantTables { uint64_t words[]; } kronos_tables;
#endif
#if !defined(KRONOS_WITHOUT_SET) || defined(KRONOS_CHECKED_GLSL)
layout(set = 0, binding = 2, std430) buffer KronosErrorWords { uint words[]; } kronos_errors;
#endif
#endif

uint kronos_thread() {
  return gl_WorkGroupID.x * WORKGROUP_SIZE + gl_LocalInvocationID.x;
}

uint kronos_threads() {
  return gl_NumWorkGroups.x * WORKGROUP_SIZE;
}

#endif
