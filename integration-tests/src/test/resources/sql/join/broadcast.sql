-- SPDX-License-Identifier: Apache-2.0
-- A small table is broadcast as columns; the filter below and the aggregate above the join are fused.
SELECT i.name, count(*) AS sales, sum(s.price) AS total
FROM sales s JOIN items i ON s.item = i.item
WHERE s.quantity > 3
GROUP BY i.name
