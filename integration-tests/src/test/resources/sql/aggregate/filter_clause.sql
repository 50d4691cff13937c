-- SPDX-License-Identifier: Apache-2.0
-- The partial half, which evaluates the FILTER clause, stays with Spark; the final one does not.
SELECT region, sum(quantity) FILTER (WHERE price > 10) AS sold FROM sales GROUP BY region
