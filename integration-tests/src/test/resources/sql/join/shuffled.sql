-- SPDX-License-Identifier: Apache-2.0
-- Both sides are shuffled; Spark would sort them and merge, here they are hashed without a sort.
SELECT /*+ MERGE(i) */ i.name, count(*) AS sales, sum(s.price) AS total
FROM sales s LEFT JOIN items i ON s.item = i.item
WHERE s.quantity > 3
GROUP BY i.name
