-- SPDX-License-Identifier: Apache-2.0
-- Ranks, a running sum and a range of values over windows of one order: one node, above one sort.
SELECT id, region, rank() OVER w AS place, sum(price) OVER w AS running, count(*) OVER (PARTITION BY region
  ORDER BY quantity RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS near
FROM sales WHERE id > 3 WINDOW w AS (PARTITION BY region ORDER BY quantity)
