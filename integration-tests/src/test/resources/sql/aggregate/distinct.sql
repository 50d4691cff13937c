-- SPDX-License-Identifier: Apache-2.0
-- Distinct values take two rounds; the step that merges one aggregate while it starts another
-- stays with Spark.
SELECT region, count(DISTINCT price) AS prices, sum(quantity) AS quantity
FROM sales
GROUP BY region
