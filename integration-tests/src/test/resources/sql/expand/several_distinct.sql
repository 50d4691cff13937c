-- SPDX-License-Identifier: Apache-2.0
-- Several distinct counts are an expansion and two aggregations.
SELECT count(DISTINCT region) AS r, count(DISTINCT item) AS i FROM sales
