// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Says where the time of one run of a query went. All are seconds; those of tasks are added over
 * tasks that run side by side.
 *
 * @param wall wall time
 * @param idle wall time in which no task ran: planning, scheduling, the driver's own work
 * @param tasks time of tasks
 * @param cpu processor time of tasks' threads, a part of it
 * @param scan time of tasks spent in scans: reading, decompressing and decoding files
 * @param shuffleWrite time of tasks spent in writing shuffle data
 * @param fetchWait time of tasks spent in waiting for shuffle data
 * @param collection time of tasks in which garbage was collected
 */
public record QueryAccount(
    double wall,
    double idle,
    double tasks,
    double cpu,
    double scan,
    double shuffleWrite,
    double fetchWait,
    double collection) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns this account as JSON, a field a component. */
  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  /** Reads what {@link #toJson} wrote. */
  static QueryAccount fromJson(JsonNode node) {
    return JSON.convertValue(node, QueryAccount.class);
  }
}
