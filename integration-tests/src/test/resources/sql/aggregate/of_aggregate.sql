-- SPDX-License-Identifier: Apache-2.0
-- The groups of the inner aggregate are the rows of the outer one.
SELECT sales, count(*) AS items, max(total) AS best
FROM (SELECT item, quantity, count(*) AS sales, sum(price) AS total
      FROM sales GROUP BY item, quantity)
GROUP BY sales
