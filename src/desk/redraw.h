/// \file
/// Draws single in-betweens again within a moment, from what the last build left in out/.cache: the traced
/// keys and the correspondence of each pair are kept in memory, ready to draw at any t.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "cut/disk.h"
#include "cut/load_cut.h"
#include "cut/pairs.h"
#include "cut/serial.h"
#include "image/grid.h"
#include "inbetween/inbetween.h"

namespace nakawari {

/// A pair as it is matched now. Never changed once made.
struct ReadyPair {
  std::shared_ptr<const Drawing> a, b;
  Correspondence correspondence;
  std::set<std::string> obeyed;  ///< ids of the fixes that it obeys, or that could not be placed
  bool settled = true;           ///< made by the build; else a first answer, which the build confirms
  std::string around;            ///< tells the correspondences around it apart
  InbetweenOptions options;

  /// Ready to draw: prepared when it is first asked for. Cost then: one factorisation.
  [[nodiscard]] const Inbetweener& inbetweener() const;

 private:
  mutable std::once_flag prepared_;
  mutable std::unique_ptr<const Inbetweener> inbetweener_;
};

/// All calls may come from several threads at once.
class Redrawer {
 public:
  explicit Redrawer(Disk& disk) : disk_(disk) {}

  /// The pair with the fixes that its cel holds now. Cost: nothing when it was asked for before; else reading
  /// what changed in the cache, and solving the fixes that the build has not seen (rematch).
  ///
  /// Errors: not_found when the build has not matched the pair yet, or when a fix that it obeyed was taken
  ///         back and no earlier state is in memory: then the build has to answer.
  Result<std::shared_ptr<const ReadyPair>> pair(const LoadedCut& cut, const Pair& keys);

  struct Lines {
    Raster picture;
    Judgement judgement;  ///< of the lines alone
  };
  /// An in-between at the t and spacing that `drawing` has now.
  Result<Inbetween> drawn(const ReadyPair& pair, const LoadedDrawing& drawing) const;
  /// Its lines, at the t and spacing that `drawing` has now.
  Result<Lines> lines(const ReadyPair& pair, const LoadedDrawing& drawing) const;

 private:
  struct Entry {
    std::string name;  ///< cel and keys
    Stamp a, b;        ///< of the traced keys
    std::shared_ptr<const ReadyPair> pair;
  };
  /// Pairs in memory; each takes some megabytes.
  static constexpr std::size_t kMostPairs = 24;

  /// What a file of the cache held when it was read last.
  template <typename T>
  using Known = std::map<std::string, std::pair<Stamp, std::shared_ptr<const T>>>;

  template <typename T, typename Decode>
  Result<std::shared_ptr<const T>> read(Known<T>& known, const std::string& path, Decode decode);
  Result<std::shared_ptr<const TracedKey>> traced(const std::string& path);
  Result<std::shared_ptr<const MatchedPair>> matched(const std::string& path);
  std::shared_ptr<const Correspondence> matched_last(const LoadedCut& cut, const Pair* keys);
  std::vector<NamedEye> eyes_last(const LoadedCut& cut, const LoadedCel& cel, const LoadedDrawing& key);

  Disk& disk_;
  std::mutex mutex_;
  std::vector<Entry> entries_;  ///< most lately used last
  Known<TracedKey> traced_;
  Known<MatchedPair> matched_;
  Known<NamedEyes> eyes_;
};

}  // namespace nakawari
