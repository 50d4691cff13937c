-- SPDX-License-Identifier: Apache-2.0
-- A union is Spark's own node, which passes batches on.
SELECT region, sum(n) AS n
FROM (SELECT region, quantity AS n FROM sales WHERE item = 1
      UNION ALL
      SELECT region, item AS n FROM sales WHERE item > 5)
GROUP BY region
