#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# labels: slow
# timeout: 600
# install_test.sh TREE BUILD: installs the library, static and shared, into an empty prefix, and lets a
# project outside the tree find it by find_package and by pkg-config, from C and from C++ where there is a
# C++ compiler.
set -eu
tree=$1
for tool in cmake ninja pkg-config; do
    command -v $tool >/dev/null || { echo "SKIPPED: $tool is not installed"; exit 77; }
done
rm -rf work
mkdir work
cd work

languages=C
sources=main.c
if command -v c++ >/dev/null; then
    languages="C CXX"
    sources="main.c main.cpp"
else
    echo "no C++ compiler: the header is tried from C only"
fi

mkdir consumer
cat >consumer/main.c <<'END'
#include <balspice/balspice.h>
#include <string.h>
static int count(void *user, const char *bytes, size_t n)
{
    (void)bytes;
    *(size_t *)user += n;
    return 0;
}
int main(void)
{
    static const char deck[] = "divider\nV1 a 0 AC 2.385\nR1 a b 47k\nR2 b 0 33k\n.ac lin 1 997 997\n";
    bal_options options = {.struct_size = sizeof options};
    bal_job *job = NULL;
    size_t bytes = 0;
    bal_output output = {"csv", count, &bytes};
    bal_result result = bal_job_open_text("divider.cir", deck, strlen(deck), &options, &job);
    if (result == BAL_DONE)
        result = bal_job_run(job, &output, 1);
    bal_job_close(job);
    return result == BAL_DONE && bytes > 20 && strlen(bal_version()) > 0 ? 0 : 1;
}
END
cat >consumer/main.cpp <<'END'
#include <balspice/balspice.h>
int main() { return bal_format(0).name && bal_version()[0] ? 0 : 1; }
END
cat >consumer/CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES $languages)
find_package(balspice 0.1 REQUIRED)
foreach(source IN ITEMS $sources)
  string(MAKE_C_IDENTIFIER \${source} name)
  add_executable(\${name} \${source})
  target_link_libraries(\${name} PRIVATE balspice::balspice)
endforeach()
END

quiet() { # COMMAND...: its output only if it fails
    "$@" >log 2>&1 || { echo "failed: $*"; tail -n 40 log; exit 1; }
}

compile_by_pkg_config() { # PREFIX FLAGS
    local libraries
    # shellcheck disable=SC2086 # no flag at all for the shared library
    libraries=$(PKG_CONFIG_PATH=$1/lib/pkgconfig pkg-config $2 --cflags --libs balspice)
    # shellcheck disable=SC2086 # the flags are words
    quiet cc -std=c11 consumer/main.c $libraries -o by_pkg_config
    LD_LIBRARY_PATH=$1/lib quiet ./by_pkg_config
}

for kind in static shared; do
    prefix=$PWD/$kind
    shared=OFF
    flags=--static
    [ $kind = static ] || { shared=ON; flags=; }
    quiet cmake -G Ninja -S "$tree" -B build_$kind -DCMAKE_BUILD_TYPE=Debug -DBAL_BUILD_TESTS=OFF \
        -DBUILD_SHARED_LIBS=$shared -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_PREFIX="$prefix"
    quiet cmake --build build_$kind -j 2
    quiet cmake --install build_$kind
    quiet cmake -G Ninja -S consumer -B consume_$kind -DCMAKE_PREFIX_PATH="$prefix"
    quiet cmake --build consume_$kind
    for source in $sources; do
        quiet ./consume_$kind/"${source/./_}"
    done
    compile_by_pkg_config "$prefix" "$flags"
    quiet env LD_LIBRARY_PATH="$prefix/lib" "$prefix/bin/balspice" version
    LD_LIBRARY_PATH="$prefix/lib" "$prefix/bin/balspice" compare --columns=nosuch >log 2>&1 || true
    grep -qF "'$prefix/share/balspice/bench.cir' has no measure" log || { echo "its bench is not installed"; cat log; exit 1; }
    quiet env LD_LIBRARY_PATH="$prefix/lib" "$prefix/bin/balspice" compare --receivers=rcv_ina134
    [ "$(ls "$prefix/include")" = balspice ] || { echo "headers outside include/balspice"; exit 1; }
    echo "$kind: found by CMake and pkg-config"
done
if nm -D --defined-only shared/lib/libbalspice.so | grep ' [TDBR] ' | grep -v ' bal_'; then
    echo "exported without the prefix bal_"
    exit 1
fi
exported=$(nm -D --defined-only shared/lib/libbalspice.so | sed -n 's/.* [A-Z] //p' | sort)
declared=$(grep -ho '\bBAL_API .*(' "$tree/solver/include/balspice/balspice.h" | grep -o 'bal_[a-z_]*(' | tr -d '(' | sort)
if [ "$exported" != "$declared" ]; then
    echo "exported by libbalspice.so and declared in balspice.h differ:"
    diff <(echo "$exported") <(echo "$declared") || exit 1
fi
cd ..
rm -rf work
