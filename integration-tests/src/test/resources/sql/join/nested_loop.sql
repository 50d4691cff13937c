-- SPDX-License-Identifier: Apache-2.0
-- Without equality every pair of rows is looked at.
SELECT s.id, i.name
FROM sales s JOIN items i ON s.item < i.item AND s.quantity > i.item
WHERE s.id < 50
