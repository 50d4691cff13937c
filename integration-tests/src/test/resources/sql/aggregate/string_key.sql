-- SPDX-License-Identifier: Apache-2.0
-- A string key with nulls, and a filter and arithmetic fused into the partial half.
SELECT region, count(*) AS sales, sum(quantity * price) AS total
FROM sales
WHERE sold < DATE '2026-07-01'
GROUP BY region
