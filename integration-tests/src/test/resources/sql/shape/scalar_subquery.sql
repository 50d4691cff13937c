-- SPDX-License-Identifier: Apache-2.0
-- The filter around a scalar subquery stays with Spark; the subquery itself does not.
SELECT id, price FROM sales WHERE price > (SELECT avg(price) FROM sales)
