-- SPDX-License-Identifier: Apache-2.0
-- A union stays with Spark; what it unites does not.
SELECT region, sum(n) AS n
FROM (SELECT region, quantity AS n FROM sales WHERE item = 1
      UNION ALL
      SELECT region, item AS n FROM sales WHERE item > 5)
GROUP BY region
