-- SPDX-License-Identifier: Apache-2.0
-- A sort stays with Spark; the projection below it does not.
SELECT id, price * 2 AS twice FROM sales WHERE id < 50 ORDER BY price DESC, id
