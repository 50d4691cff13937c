-- SPDX-License-Identifier: Apache-2.0
-- Groups over what a union gives.
SELECT region FROM sales WHERE item = 1 UNION SELECT region FROM sales WHERE quantity > 5
