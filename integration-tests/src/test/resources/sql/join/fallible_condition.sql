-- SPDX-License-Identifier: Apache-2.0
-- A condition that may overflow stays with Spark, which raises the error of the very pair.
SELECT s.id, i.name
FROM sales s LEFT JOIN items i ON s.item = i.item AND s.quantity + i.item > 3
