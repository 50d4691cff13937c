-- SPDX-License-Identifier: Apache-2.0
-- The partial half evaluates the FILTER clause, as a condition of its call.
SELECT region, sum(quantity) FILTER (WHERE price > 10) AS sold FROM sales GROUP BY region
