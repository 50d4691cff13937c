-- SPDX-License-Identifier: Apache-2.0
-- A cached table is filled by Kronos and read as rows, which go back to the device.
CACHE TABLE kept AS SELECT region, quantity * price AS total FROM sales WHERE quantity > 2;
SELECT region, sum(total) AS total FROM kept GROUP BY region
