-- SPDX-License-Identifier: Apache-2.0
-- Spark sorts for the extremes of strings; the device hashes, and the sorts go.
SELECT item, min(region), max(region) FROM sales GROUP BY item
