-- SPDX-License-Identifier: Apache-2.0
-- Spark sorts for the extremes of strings, and Kronos leaves that to it.
SELECT item, min(region), max(region) FROM sales GROUP BY item
