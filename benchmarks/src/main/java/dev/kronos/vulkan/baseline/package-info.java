// SPDX-License-Identifier: Apache-2.0
/**
 * A compute program in plain Vulkan, in the style that tutorials and most programs have: memory for
 * each buffer, a descriptor set for each dispatch, a barrier for each hazard of a buffer, a fence
 * for each submission. It is the peer that the runtime is measured against, so it does each of
 * these as well as it can be done. It shares Kronos' kernel bodies and nothing of Kronos' runtime
 * but the names of result codes.
 */
package dev.kronos.vulkan.baseline;
