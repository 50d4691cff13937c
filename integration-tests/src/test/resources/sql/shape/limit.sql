-- SPDX-License-Identifier: Apache-2.0
-- A limit at the top is the driver's work and stops the tasks early.
SELECT id, quantity + 1 AS more FROM sales WHERE quantity > 1 LIMIT 5
