#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "bench/peers.h"

extern char** environ;

namespace nakawari::bench {
namespace {

namespace fs = std::filesystem;

// A folder of our own that goes away with the object.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "nakawari-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] bool ok() const { return !path_.empty(); }
  [[nodiscard]] std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

Result<void> run_child(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
    return fail(ErrorCode::missing_tool, words[0] + " is not installed", "apt-get install " + words[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return fail(WEXITSTATUS(status) == 127 ? ErrorCode::missing_tool : ErrorCode::io, words[0] + " failed");
  return {};
}

// The smallest n with t close to m / n: the filter makes n frames of each.
std::pair<int, int> as_fraction(double t) {
  constexpr int kMaxParts = 24;
  for (int n = 2; n <= kMaxParts; ++n)
    if (const double m = std::round(t * n); m > 0 && m < n && std::abs(m / n - t) < 0.01)
      return {static_cast<int>(m), n};
  return {static_cast<int>(std::lround(t * kMaxParts)), kMaxParts};
}

}  // namespace

Result<Grey> minterpolate(const Grey& a, const Grey& b, double t) {
  const Scratch scratch;
  if (!scratch.ok()) return fail(ErrorCode::io, "no temporary folder");
  std::vector<std::uint8_t> frames;
  for (const Grey* key : {&a, &a, &b, &b}) frames.insert(frames.end(), key->data.begin(), key->data.end());
  if (const auto written = write_file(scratch.file("in.raw"), frames); !written)
    return Failure(written.error());

  const auto [part, parts] = as_fraction(t);
  const std::string size = std::to_string(a.width) + "x" + std::to_string(a.height);
  const std::string filter = "minterpolate=fps=" + std::to_string(parts) +
                             ":mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1:search_param=64:scd=none";
  const auto ran = run_child({"ffmpeg",
                              "-nostdin",
                              "-v",
                              "error",
                              "-y",
                              "-threads",
                              "1",
                              "-f",
                              "rawvideo",
                              "-pix_fmt",
                              "gray",
                              "-s",
                              size,
                              "-r",
                              "1",
                              "-i",
                              scratch.file("in.raw"),
                              "-vf",
                              filter,
                              "-f",
                              "rawvideo",
                              "-pix_fmt",
                              "gray",
                              scratch.file("out.raw")});
  if (!ran) return Failure(ran.error());
  const auto made = read_file(scratch.file("out.raw"));
  if (!made) return Failure(made.error());

  // The first key stands at seconds 0 and 1, the second one at 2 and 3.
  const std::size_t pixels = a.data.size(), count = made->size() / pixels;
  const std::size_t wanted = static_cast<std::size_t>(parts + part);
  if (wanted >= count) return fail(ErrorCode::io, "ffmpeg gave " + std::to_string(count) + " frames only");
  Grey result(a.width, a.height);
  std::copy_n(made->begin() + static_cast<std::ptrdiff_t>(wanted * pixels), pixels, result.data.begin());
  return result;
}

}  // namespace nakawari::bench
