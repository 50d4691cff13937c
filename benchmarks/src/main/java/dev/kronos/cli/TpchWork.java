// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.TpchQuery;
import java.util.List;

/**
 * Says what each side of a comparison runs.
 *
 * @param queries the queries, in order
 * @param repeats runs of each, 1 or more
 */
record TpchWork(List<TpchQuery> queries, int repeats) {}
