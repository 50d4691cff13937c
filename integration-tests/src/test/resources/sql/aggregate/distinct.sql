-- SPDX-License-Identifier: Apache-2.0
-- Distinct values take two rounds; one step merges an aggregate while it starts another.
SELECT region, count(DISTINCT price) AS prices, sum(quantity) AS quantity
FROM sales
GROUP BY region
