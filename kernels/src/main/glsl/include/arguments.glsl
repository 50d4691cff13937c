// SPDX-License-Identifier: Apache-2.0
//
// Declares what a kernel is given, once, for two interfaces to one body:
//
//   by address (the default)   root.args points to a table of addresses and scalars; how Kronos runs kernels
//   bound (KRONOS_BOUND set)   arrays are storage buffers of set 0, scalars are push constants; how plain Vulkan does,
//                              for comparing the two and for programs without buffer device addresses
//
// A kernel declares its table first and then how it looks at each array, and uses them as follows:
//
//   ARGUMENTS(ScaleArguments, ADDRESS(x) ADDRESS(y), float a;)   addresses first, then scalars
//   INPUT_ARRAY(0, x, vec4, 16)      x is read as vec4[], 16-aligned; 0 is its place among the addresses and its binding
//   ARRAY(1, y, vec4, 16)            y is read or written as vec4[]
//   AS(y, vec4)[i] = arguments.a * AS(x, vec4)[i];
//   if (GIVEN(y)) ...                whether the address is not 0; always true when bound
//
// One array may be declared with several types. The bound form's push constants are one std430 block:
//   0  uint count     as root.count
//   4  uint flags     as root.flags
//   8  the scalars of the table, in its order, each at its natural alignment
// Status blocks and set 0 as abi.glsl describes them do not exist there.
#ifndef KRONOS_ARGUMENTS_GLSL
#define KRONOS_ARGUMENTS_GLSL

#include "abi.glsl"

#ifdef KRONOS_BOUND

#define ADDRESS(name)
#define ARGUMENTS(table, addresses, scalars) \
  layout(push_constant, std430) uniform table { uint count; uint flags; scalars } root;
#define arguments root
#define KRONOS_ARRAY(access, number, name, type, alignment) \
  layout(set = 0, binding = number, std430) access buffer name##_##type { type v[]; } name##_as_##type;
#define GIVEN(name) true

#else

#define ADDRESS(name) uint64_t name;
#define ARGUMENTS(table, addresses, scalars) \
  layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer table { addresses scalars }; \
  table arguments = table(root.args);
#define KRONOS_ARRAY(access, number, name, type, alignment) \
  layout(buffer_reference, std430, buffer_reference_align = alignment) access buffer name##_##type { type v[]; }; \
  name##_##type name##_as_##type = name##_##type(arguments.name);
#define GIVEN(name) (arguments.name != 0ul)

#endif

#define INPUT_ARRAY(number, name, type, alignment) KRONOS_ARRAY(readonly, number, name, type, alignment)
#define ARRAY(number, name, type, alignment) KRONOS_ARRAY(, number, name, type, alignment)
#define AS(name, type) KRONOS_AS(name, type)
#define KRONOS_AS(name, type) name##_as_##type.v

#endif
