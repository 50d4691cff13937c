-- SPDX-License-Identifier: Apache-2.0
-- Grouping sets need an expansion, fused with the filter below.
SELECT region, item, sum(quantity) AS n, grouping_id() AS g
FROM sales WHERE id < 500 GROUP BY ROLLUP (region, item)
