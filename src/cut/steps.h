/// \file
/// Which steps of a build are still good. Every step is a pure function of named inputs, each known by its
/// hash; the log remembers, per step, those hashes and the files that came out. A step is clean when its
/// inputs have the same hashes and its files are still the ones that it wrote; else it runs, and the log
/// knows why.
///
/// The log is `out/.cache/log`: one JSON object a line, appended as the build goes, so that a killed build
/// loses at most the step in hand; a torn last line is ignored. When a build ends the log is written anew
/// without what no longer counts.
///
///   {"log": 1}
///   {"read": "A/A0001.tga", "stamp": [size, modified_ns, inode], "hash": "..."}
///   {"will": ["out/A/line/A0002.png"], "hash": ["..."]}       before writing
///   {"done": "draw A/A0002", "in": [["keys", "..."]], "out": [["out/...", "hash", size, modified_ns,
///   inode]]}
///
/// A file of ours that another program changed is not silently lost: it is moved to out/changed-by-hand/ and
/// noted.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/report.h"
#include "base/result.h"
#include "cut/disk.h"

namespace nakawari {

/// A named input of a step: "drawing A/A0001.tga", "options", "program".
struct StepInput {
  std::string what;
  Hash hash;
};

/// What a step is: its name (unique in the cut), its inputs, the files that it makes (relative to the cut).
struct StepSpec {
  std::string name;
  std::vector<StepInput> inputs;
  std::vector<std::string> outputs;
};

class StepLog {
 public:
  /// Reads the log of the cut in `folder`; a missing or foreign one is an empty one.
  StepLog(Disk& disk, std::string folder);

  /// The hash of an input file, from its stamp when that is the one seen before. The bytes are read with
  /// read_stable otherwise.
  Result<Hash> input(const std::string& path);

  /// Empty when the step is clean, else why it has to run, in words. Marks the step's outputs as wanted.
  std::string why_dirty(const StepSpec& step);
  /// Hashes of a clean or finished step's outputs, in the order of its `outputs`.
  [[nodiscard]] std::vector<Hash> outputs(const StepSpec& step) const;

  /// Writes the files of a step and remembers them. bytes[i] belongs to step.outputs[i]. Equal pieces may
  /// share storage, so they come as spans.
  Result<void> finish(const StepSpec& step, const std::vector<std::span<const std::uint8_t>>& bytes);
  /// As above for a file that was already written elsewhere (a video) and is to be moved into place.
  Result<void> finish_moved(const StepSpec& step, const std::string& written);

  /// Removes files that earlier builds made and no step wants any more, and writes the log anew.
  /// `keep_unwanted`: only rewrite, after a build of a part of the cut.
  Result<void> close(bool keep_unwanted);
  /// "changed-by-hand" and the like.
  [[nodiscard]] Report notes() const;

 private:
  struct Made {
    std::string path;
    Hash hash;
    Stamp stamp;
  };
  struct Done {
    std::vector<StepInput> inputs;
    std::vector<Made> outputs;
  };
  struct Seen {
    Stamp stamp;
    Hash hash;
  };

  void load();
  void load_line(const std::string& line);
  [[nodiscard]] std::string at(const std::string& path) const { return join_path(folder_, path); }
  std::string why_outputs(const Done& done, std::vector<Made>& fresh);
  Result<void> keep_foreign(const std::string& path);
  Result<void> record(const StepSpec& step, Done done);
  Result<void> append(const std::string& line);
  [[nodiscard]] static std::string done_line(const std::string& name, const Done& done);

  Disk& disk_;
  std::string folder_;
  mutable std::mutex mutex_;
  std::map<std::string, Seen> seen_;
  std::map<std::string, Done> done_;
  std::map<std::string, std::set<std::string>>
      promised_;                  ///< path to hashes that a killed step may have left
  std::set<std::string> wanted_;  ///< names of steps
  Report notes_;
  bool changed_ = false;
};

}  // namespace nakawari
