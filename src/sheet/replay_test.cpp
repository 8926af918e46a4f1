// Every input that a fuzzer once found worth keeping, and every one that once broke something.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sheet/fuzz_targets.h"

namespace nakawari {
namespace {

using Target = void (*)(std::span<const std::uint8_t>);

class Replay : public ::testing::TestWithParam<std::pair<const char*, Target>> {};

TEST_P(Replay, Corpus) {
  const auto& [name, target] = GetParam();
  const std::string folder = std::string(NAKAWARI_SOURCE_DIR) + "/src/sheet/corpus/" + name;
  int replayed = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_NO_THROW(target(fuzz::bytes_of(text))) << file.path();
    ++replayed;
    // Each input also cut short, for the readers that meet a file still being copied.
    for (std::size_t part = 1; part < 8; ++part) {
      EXPECT_NO_THROW(target(fuzz::bytes_of(text.substr(0, text.size() * part / 8)))) << file.path();
    }
  }
  EXPECT_GE(replayed, 5) << folder;
}

INSTANTIATE_TEST_SUITE_P(Sheet, Replay,
                         ::testing::Values(std::pair{"xdts", Target(fuzz::xdts)},
                                           std::pair{"csv", Target(fuzz::csv)},
                                           std::pair{"charts", Target(fuzz::charts)}),
                         [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace nakawari
