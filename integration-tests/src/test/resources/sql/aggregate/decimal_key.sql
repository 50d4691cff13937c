-- SPDX-License-Identifier: Apache-2.0
-- A decimal key next to an integer one.
SELECT price, quantity, count(*) AS sales, avg(weight) AS weight
FROM sales
GROUP BY price, quantity
