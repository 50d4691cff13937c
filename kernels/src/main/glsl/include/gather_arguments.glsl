// SPDX-License-Identifier: Apache-2.0
//
// The arguments of the sort's gather kernels, which draw them.
#ifndef KRONOS_GATHER_ARGUMENTS_GLSL
#define KRONOS_GATHER_ARGUMENTS_GLSL

#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(GatherArguments, ADDRESS(source) ADDRESS(rows) ADDRESS(target), uint bit_offset; uint reserved;)
INPUT_ARRAY(1, rows, uint, 4)

#endif
