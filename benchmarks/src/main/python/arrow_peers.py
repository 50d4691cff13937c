#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what torch and cupy take for the workloads of `bin/kronos bench arrow` and prints JSON for its --peers.

    python3 arrow_peers.py [--keys 67108864] [--size 1073741824] [--side 8192] [--repeats 20] > peers.json

Times are medians on the device (CUDA events), in nanoseconds, over random data; each operation's first result is
checked. A library that is not installed is left out.
"""
import argparse
import json
import statistics
import sys


def torch_rows(options):
    import torch

    def timed(operation):
        for _ in range(3):
            operation()
        times = []
        for _ in range(options.repeats):
            start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            start.record()
            operation()
            end.record()
            end.synchronize()
            times.append(start.elapsed_time(end) * 1e6)
        return statistics.median(times)

    def integers(count, dtype):
        info = torch.iinfo(dtype)
        return torch.randint(info.min, info.max, (count,), dtype=dtype, device="cuda")

    def row(title, name, data, operation):
        return {"title": title, "operation": name, "elements": data.numel(), "nanos": timed(operation)}

    for dtype, width in ((torch.int32, 32), (torch.int64, 64)):
        keys = integers(options.keys, dtype)
        found, rows = torch.sort(keys, stable=True)
        assert bool((found[1:] >= found[:-1]).all()) and bool((keys[rows] == found).all())
        del found, rows
        yield row(f"sort int{width} with rows", "torch.sort, stable", keys, lambda: torch.sort(keys, stable=True))
        yield row(f"sort int{width} with rows", "torch.sort", keys, lambda: torch.sort(keys))
        del keys
    longs = integers(options.size // 8, torch.int64)
    yield row("sum int64", "torch.sum", longs, lambda: torch.sum(longs))
    yield row("scan int64", "torch.cumsum", longs, lambda: torch.cumsum(longs, 0))
    del longs
    ints = integers(options.size // 4, torch.int32)
    yield row("scan int32", "torch.cumsum, int32", ints, lambda: torch.cumsum(ints, 0, dtype=torch.int32))
    del ints
    floats = torch.rand(options.size // 4, device="cuda") * 2 - 1
    yield row("sum float32", "torch.sum", floats, lambda: torch.sum(floats))
    yield row("scan float32", "torch.cumsum", floats, lambda: torch.cumsum(floats, 0))
    del floats
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
    for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
        left, right = ((torch.rand(options.side, options.side, device="cuda", dtype=torch.float64) * 2 - 1).to(dtype)
                       for _ in range(2))
        product = (left @ right).double() @ torch.ones(options.side, device="cuda", dtype=torch.float64)
        expected = left.double() @ right.double().sum(1)
        assert bool(((product - expected).abs() <= options.side).all())
        yield row(f"gemm {str(dtype).split('.')[1]}", "torch.matmul", left, lambda: torch.matmul(left, right))
        del left, right


def cupy_rows(options):
    import cupy

    def timed(prepare, operation):
        times = []
        for _ in range(3 + options.repeats):
            argument = prepare()
            start, end = cupy.cuda.Event(), cupy.cuda.Event()
            start.record()
            operation(argument)
            end.record()
            end.synchronize()
            times.append(cupy.cuda.get_elapsed_time(start, end) * 1e6)
        return statistics.median(times[3:])

    def row(title, name, data, prepare, operation):
        nanos = timed(prepare, operation)
        return {"title": title, "operation": name, "elements": int(data.size), "nanos": nanos}

    def integers(count, dtype):
        return cupy.random.default_rng(1).integers(
            cupy.iinfo(dtype).min, cupy.iinfo(dtype).max, size=count, dtype=dtype)

    for dtype, width in ((cupy.int32, 32), (cupy.int64, 64)):
        keys = integers(options.keys, dtype)
        found = keys.copy()
        found.sort()
        assert bool((found[1:] >= found[:-1]).all())
        del found
        # ndarray.sort works in place, so each run gets a copy that was made before the clock starts.
        yield row(f"sort int{width}", "cupy.ndarray.sort", keys, keys.copy, lambda copy: copy.sort())
        yield row(f"sort int{width} with rows", "cupy.argsort", keys, lambda: keys, cupy.argsort)
        del keys
    longs = integers(options.size // 8, cupy.int64)
    yield row("sum int64", "cupy.sum", longs, lambda: longs, cupy.sum)
    yield row("scan int64", "cupy.cumsum", longs, lambda: longs, cupy.cumsum)
    del longs
    floats = cupy.random.random(options.size // 4, dtype=cupy.float32) * 2 - 1
    yield row("sum float32", "cupy.sum", floats, lambda: floats, cupy.sum)
    yield row("scan float32", "cupy.cumsum", floats, lambda: floats, cupy.cumsum)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=1 << 26)
    parser.add_argument("--size", type=int, default=1 << 30)
    parser.add_argument("--side", type=int, default=8192)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args()
    rows, libraries, device = [], [], "unknown"
    for name, measure in (("torch", torch_rows), ("cupy", cupy_rows)):
        try:
            library = __import__(name)
        except ImportError:
            print(f"not installed: library={name}", file=sys.stderr)
            continue
        libraries.append(f"{name} {library.__version__}")
        if name == "torch":
            device = library.cuda.get_device_name()
        for found in measure(options):
            print(f"{found['title']}: {found['operation']} {found['nanos'] / 1e3:.1f} us", file=sys.stderr)
            rows.append(found)
        if name == "torch":
            library.cuda.empty_cache()
    json.dump({"device": device, "libraries": libraries, "rows": rows}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
