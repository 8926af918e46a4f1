// Every input that a fuzzer found worth keeping, whole and cut short.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "cut/fuzz_targets.h"

namespace nakawari {
namespace {

using Target = void (*)(std::span<const std::uint8_t>);

class CutReplay : public ::testing::TestWithParam<std::pair<const char*, Target>> {};

TEST_P(CutReplay, Corpus) {
  const auto& [name, target] = GetParam();
  const std::string folder = std::string(NAKAWARI_SOURCE_DIR) + "/src/cut/corpus/" + name;
  int replayed = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t part = 1; part <= 8; ++part)
      EXPECT_NO_THROW(target(std::span(bytes).first(bytes.size() * part / 8))) << file.path();
    ++replayed;
  }
  EXPECT_GE(replayed, 1) << folder;
}

INSTANTIATE_TEST_SUITE_P(Cut, CutReplay,
                         ::testing::Values(std::pair{"cut_file", Target(fuzz::cut_file)},
                                           std::pair{"fixes", Target(fuzz::fixes)},
                                           std::pair{"face", Target(fuzz::face)},
                                           std::pair{"cached", Target(fuzz::cached)},
                                           std::pair{"step_log", Target(fuzz::step_log)}),
                         [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace nakawari
